package dev.madeleine.spring.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code madeleine.security.*}.
 *
 * @param reloadUsers whether the user of a session is looked up by UserDetailsService at each
 *     request that asks who it is, so that roles and locks are fresh
 */
@ConfigurationProperties("madeleine.security")
record SecurityProperties(@DefaultValue("false") boolean reloadUsers) {}
