package dev.madeleine.spring.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code madeleine.security.*}.
 *
 * @param reloadUsers whether the user of a session is looked up by UserDetailsService at each
 *     request that asks who it is, so that roles and locks are fresh
 * @param keepIdToken whether the session holds the ID token of an OpenID provider itself, which
 *     logout at the provider sends as a hint, and not its claims only
 * @param formPost whether providers may answer a login by a form, as Apple and Entra ID do: what
 *     their answer needs is then in a second cookie with SameSite=None
 */
@ConfigurationProperties("madeleine.security")
record SecurityProperties(
    @DefaultValue("false") boolean reloadUsers,
    @DefaultValue("false") boolean keepIdToken,
    @DefaultValue("false") boolean formPost) {}
