package dev.madeleine.spring.shop;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A form of several pages, which collects an order. */
@Controller
@SessionAttributes("order")
public class Wizard {
  @ModelAttribute("order")
  Order order() {
    return new Order();
  }

  @PostMapping("/public/wizard/cake")
  String cake(@ModelAttribute("order") Order order, RedirectAttributes redirect) {
    redirect.addFlashAttribute("message", "cake " + order.getCake());
    return "redirect:/public/sent";
  }

  @PostMapping("/public/wizard/pieces")
  String pieces(@ModelAttribute("order") Order order, RedirectAttributes redirect) {
    redirect.addFlashAttribute("message", order.getPieces() + " of " + order.getCake());
    return "redirect:/public/sent";
  }

  @PostMapping("/public/wizard/done")
  String done(
      @ModelAttribute("order") Order order, SessionStatus status, RedirectAttributes redirect) {
    status.setComplete();
    redirect.addFlashAttribute(
        "message", "ordered " + order.getPieces() + " of " + order.getCake());
    return "redirect:/public/sent";
  }
}
