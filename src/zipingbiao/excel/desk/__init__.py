"""The computer around Excel: installing, finding out what is wrong, working from outside."""
