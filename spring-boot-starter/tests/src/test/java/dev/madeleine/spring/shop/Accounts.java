package dev.madeleine.spring.shop;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** What only an administrator may call. */
@Service
public class Accounts {
  @PreAuthorize("hasRole('ADMIN')")
  public String close(String name) {
    return "closed " + name;
  }
}
