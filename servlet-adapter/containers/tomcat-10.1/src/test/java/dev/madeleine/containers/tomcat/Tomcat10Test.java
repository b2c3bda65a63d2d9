package dev.madeleine.containers.tomcat;

import dev.madeleine.containers.ContainerContract;

class Tomcat10Test extends ContainerContract {
  Tomcat10Test() {
    super(new Tomcat10());
  }
}
