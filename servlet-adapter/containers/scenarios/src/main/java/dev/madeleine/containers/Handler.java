package dev.madeleine.containers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What an application does at one path. */
@FunctionalInterface
interface Handler {
  void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
}
