package dev.madeleine;

/**
 * A revocation that holds on this node only so far, because the engine did not take it in time. It
 * will be sent as soon as the engine takes it, unless this node ends before.
 */
public final class RevocationNotSharedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  RevocationNotSharedException(String engine) {
    super(
        engine
            + " did not take a revocation in time: the sessions have ended on this node, and elsewhere"
            + " as soon as it can be sent; if this node ends before, it is lost. Revoke again to be"
            + " sure; revoking twice does no harm");
  }
}
