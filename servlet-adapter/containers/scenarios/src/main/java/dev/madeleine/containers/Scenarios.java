package dev.madeleine.containers;

/** A group of scenarios: tests as default methods, so that one class inherits all groups. */
interface Scenarios {
  /** The running container, cleared before each scenario. */
  Site site();
}
