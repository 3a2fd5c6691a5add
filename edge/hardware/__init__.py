"""The board that this runs on: which one it is, what is known of such boards, and what slows it down now."""
