package dev.madeleine.spring.webflux;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** A form of several pages, which collects an order; WebFlux stores it when a view is shown. */
@Controller
@SessionAttributes("order")
public class WebFluxWizard {
  private static final Rendering AGAIN = Rendering.redirectTo("/public/wizard").build();

  /** What the wizard collects, as a bean with accessors. */
  public static class Order {
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

  @PostMapping("/public/wizard/cake")
  Rendering cake(Order order, Model model) {
    model.addAttribute("order", order);
    return AGAIN;
  }

  @PostMapping("/public/wizard/pieces")
  Rendering pieces(@ModelAttribute("order") Order order) {
    return AGAIN;
  }

  @GetMapping("/public/wizard")
  @ResponseBody
  Mono<String> shown(@ModelAttribute("order") Order order) {
    return Mono.just(order.getPieces() + " of " + order.getCake());
  }

  @PostMapping("/public/wizard/done")
  Rendering done(@ModelAttribute("order") Order order, SessionStatus status) {
    status.setComplete();
    return AGAIN;
  }
}
