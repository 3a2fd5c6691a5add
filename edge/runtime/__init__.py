"""What the stages run on: worker threads, clocks, child processes. Nothing here knows what a turn is."""
