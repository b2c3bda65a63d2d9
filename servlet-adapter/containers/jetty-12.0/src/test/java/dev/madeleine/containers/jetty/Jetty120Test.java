package dev.madeleine.containers.jetty;

import dev.madeleine.containers.ContainerContract;

class Jetty120Test extends ContainerContract {
  Jetty120Test() {
    super(new Jetty120());
  }
}
