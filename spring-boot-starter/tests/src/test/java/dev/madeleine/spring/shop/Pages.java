package dev.madeleine.spring.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.WebAttributes;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages, most of them as plain text. */
@Controller
public class Pages {
  private final Basket basket;
  private final Accounts accounts;
  private final UserDetailsService users;

  Pages(Basket basket, Accounts accounts, UserDetailsService users) {
    this.basket = basket;
    this.accounts = accounts;
    this.users = users;
  }

  @GetMapping("/public/quiet")
  @ResponseBody
  String quiet() {
    return "quiet";
  }

  @GetMapping("/public/bye")
  @ResponseBody
  String bye() {
    return "bye";
  }

  @GetMapping("/public/count")
  @ResponseBody
  String count(HttpSession session) {
    Integer before = (Integer) session.getAttribute("views");
    int views = before == null ? 1 : before + 1;
    session.setAttribute("views", views);
    return "views " + views;
  }

  @GetMapping("/public/async")
  @ResponseBody
  Callable<String> async(HttpSession session) {
    return () -> count(session);
  }

  @GetMapping("/public/fail")
  @ResponseBody
  String fail(HttpSession session) {
    count(session);
    throw new IllegalStateException("on purpose");
  }

  @GetMapping("/public/language")
  @ResponseBody
  String language(Locale locale) {
    return locale.toString();
  }

  @GetMapping("/public/token")
  @ResponseBody
  String token(CsrfToken token) {
    return token.getToken();
  }

  /** Why the last login failed, as a login page of an application's own shows it. */
  @GetMapping("/public/why")
  @ResponseBody
  String why(
      @SessionAttribute(name = WebAttributes.AUTHENTICATION_EXCEPTION, required = false)
          AuthenticationException failure) {
    return failure == null ? "" : failure.getMessage();
  }

  @GetMapping("/me")
  @ResponseBody
  String me(Authentication user) {
    return user.getName()
        + " "
        + user.getAuthorities().stream()
            .map(authority -> String.valueOf(authority.getAuthority()))
            .filter(authority -> !authority.startsWith("FACTOR_"))
            .sorted()
            .toList();
  }

  @GetMapping("/principal")
  @ResponseBody
  String principal(@AuthenticationPrincipal UserDetails user, Principal principal) {
    return user.getUsername() + " is " + principal.getName();
  }

  @GetMapping("/saved/page")
  @ResponseBody
  String saved(@RequestParam String q, Principal user) {
    return user.getName() + " wanted " + q;
  }

  @GetMapping("/close")
  @ResponseBody
  String close(@RequestParam String name) {
    return accounts.close(name);
  }

  @PostMapping("/public/send")
  String send(@RequestParam String text, RedirectAttributes redirect) {
    redirect.addFlashAttribute("message", text);
    return "redirect:/public/sent";
  }

  @GetMapping("/public/sent")
  @ResponseBody
  String sent(Model model) {
    return "message " + model.getAttribute("message");
  }

  @PostMapping("/public/login-by-controller")
  @ResponseBody
  String login(
      @RequestParam String name, HttpServletRequest request, HttpServletResponse response) {
    UserDetails user = users.loadUserByUsername(name);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
    new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    return "logged in";
  }

  @PostMapping("/public/basket")
  @ResponseBody
  String add(@RequestParam String item) {
    basket.getItems().add(item);
    return String.join(", ", basket.getItems());
  }

  @GetMapping("/public/basket")
  @ResponseBody
  String basket() {
    return String.join(", ", basket.getItems());
  }
}
