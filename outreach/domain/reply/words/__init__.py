"""What people and machines say in many languages, as tables. One file for each thing one can say."""
