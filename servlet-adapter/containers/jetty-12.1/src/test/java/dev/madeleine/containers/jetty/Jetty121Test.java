package dev.madeleine.containers.jetty;

import dev.madeleine.containers.ContainerContract;

class Jetty121Test extends ContainerContract {
  Jetty121Test() {
    super(new Jetty121());
  }
}
