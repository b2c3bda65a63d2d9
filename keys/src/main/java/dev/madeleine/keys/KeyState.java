package dev.madeleine.keys;

/** What a scheduled key does at some moment. */
public enum KeyState {
  /** Its signing time has not come: it is accepted already, so that every node knows it by then. */
  CREATED,
  /** It signs: the newest key whose signing time has come. */
  ACTIVE,
  /** A newer key signs; sessions of this one are accepted and sealed again. */
  OLDER,
  /** Its sessions are no longer accepted: they are of an unknown key. */
  EXPIRED,
  /** An operator took it out of use before its time; its sessions are rejected as such. */
  REVOKED
}
