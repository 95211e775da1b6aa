package dev.flightlog.dashboard.pages;

import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.dashboard.frame.Section;
import dev.flightlog.dashboard.frame.Values;
import dev.flightlog.dashboard.html.Attr;
import dev.flightlog.dashboard.html.Element;
import dev.flightlog.dashboard.html.Html;
import dev.flightlog.dashboard.html.Link;
import dev.flightlog.dashboard.html.Tag;

/** Where a token is asked for. Stateless. */
public final class SignInPage {
  private SignInPage() {}

  /**
   * The page.
   *
   * @param wrong true when the last one was not known
   */
  public static Page of(boolean wrong) {
    Html told =
        wrong
            ? Element.of(Tag.P, "This server does not know that token.")
                .of("failed")
                .with(Attr.ROLE, "alert")
            : Html.NONE;
    Html form =
        Element.changing(
                Link.to("/sign-in"),
                Element.of(
                    Tag.LABEL,
                    Html.text("Token "),
                    Element.of(Tag.INPUT)
                        .with(Attr.TYPE, "password")
                        .with(Attr.NAME, "token")
                        .with(Attr.AUTOCOMPLETE, "current-password")
                        .flag(Attr.REQUIRED, true)),
                Element.of(Tag.BUTTON, "Sign in").with(Attr.TYPE, "submit"))
            .of("filters");
    Html how =
        Element.of(
            Tag.P,
            Html.text("On the machine of the server, a token is made by "),
            Values.command("flightlog serve --new-token NAME"));
    return Page.below(
        PageName.NOW,
        "Sign in",
        Html.text("This server needs a token when it is called from elsewhere."),
        Section.of("token", "Token", Html.all(told, form, how)));
  }
}
