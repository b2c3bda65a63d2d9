package dev.madeleine.spring.shop;

/** What a wizard collects, as a bean with accessors. */
public class Order {
  private String cake = "";
  private int pieces;

  public String getCake() {
    return cake;
  }

  public void setCake(String cake) {
    this.cake = cake;
  }

  public int getPieces() {
    return pieces;
  }

  public void setPieces(int pieces) {
    this.pieces = pieces;
  }
}
