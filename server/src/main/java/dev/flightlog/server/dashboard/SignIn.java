package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.SignInPage;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.List;

/**
 * Where a token is needed, a browser gives it once: it comes back in a cookie that no script can
 * read and no other site can have sent.
 */
final class SignIn implements PageRoutes {
  private static final int FORM_BYTES = 4 * 1024;
  private static final int DAYS_90 = 90 * 24 * 3600;

  private final Tokens tokens;
  private final Pages pages;

  SignIn(DashboardData data) {
    this.tokens = data.tokens();
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        pages
            .plain(
                Tokens.SIGN_IN,
                "Give a token to the dashboard",
                SignIn::page,
                Parameter.query("wrong", Schema.text(), "the token was not known"))
            .access(Access.OPEN),
        Route.post(Tokens.SIGN_IN, "Give a token to the dashboard", this::signIn)
            .takes(FormFields.PAYLOAD)
            .limits(Limits.DEFAULT.body(FORM_BYTES))
            .access(Access.OPEN)
            .answers(Reply.empty(303, "Known: the dashboard, with a cookie; else this page.")));
  }

  private static Page page(Request request, View view) {
    return SignInPage.of(request.query("wrong") != null);
  }

  private Response signIn(Request request) {
    String token = FormFields.of(request).getOrDefault("token", "").strip();
    if (!tokens.knows(token)) {
      return Response.empty(303).header("Location", Tokens.SIGN_IN + "?wrong=true");
    }
    return Response.empty(303)
        .header("Location", "/")
        .header(
            "Set-Cookie",
            Tokens.COOKIE
                + "="
                + token
                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                + DAYS_90);
  }
}
