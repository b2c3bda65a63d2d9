package dev.madeleine.containers.undertow;

import dev.madeleine.containers.ContainerContract;

class Undertow23Test extends ContainerContract {
  Undertow23Test() {
    super(new Undertow23());
  }
}
