"""What carries out each intent, now or later, and what asks before a risky one."""
