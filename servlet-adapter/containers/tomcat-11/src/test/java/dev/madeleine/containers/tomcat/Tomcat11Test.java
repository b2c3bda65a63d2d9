package dev.madeleine.containers.tomcat;

import dev.madeleine.containers.ContainerContract;

class Tomcat11Test extends ContainerContract {
  Tomcat11Test() {
    super(new Tomcat11());
  }
}
