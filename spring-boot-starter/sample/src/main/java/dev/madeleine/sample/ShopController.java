package dev.madeleine.sample;

import dev.madeleine.Sessions;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The shop: an ordinary controller over an ordinary session. */
@Controller
class ShopController {
  private final Sessions sessions;
  private final Page page;

  ShopController(Sessions sessions, Page page) {
    this.sessions = sessions;
    this.page = page;
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  String show(
      Principal user,
      Model model,
      CsrfToken token,
      @SessionAttribute(name = "cart", required = false) @Nullable Cart cart) {
    String message = Objects.toString(model.getAttribute("message"), "");
    return page.html(user.getName(), message, cart == null ? Cart.EMPTY : cart, token);
  }

  @PostMapping("/cart")
  String add(
      @RequestParam String cake,
      @SessionAttribute(name = "cart", required = false) @Nullable Cart cart,
      HttpSession session,
      RedirectAttributes redirect) {
    session.setAttribute("cart", (cart == null ? Cart.EMPTY : cart).with(cake));
    redirect.addFlashAttribute("message", "One more " + cake);
    return "redirect:/";
  }

  /** Ends every session of this user, this one too. */
  @PostMapping("/logout-everywhere")
  String logOutEverywhere(Principal user) {
    sessions.policy().revocation().revokeSubject(user.getName());
    return "redirect:/login?logout";
  }
}
