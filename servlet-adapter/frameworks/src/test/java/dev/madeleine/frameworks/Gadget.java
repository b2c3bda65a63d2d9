package dev.madeleine.frameworks;

/** A value of a class that only a peer knows, which holds our keys. */
record Gadget(String text) {}
