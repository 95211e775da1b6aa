package dev.flightlog.dashboard.assets;

import dev.flightlog.event.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The files that pages name besides themselves; all of them are in the program. */
public enum Asset {
  STYLE("flightlog.css"),
  THEME("theme.js"),
  MAIN("main.js"),
  LIVE("live.js"),
  MORPH("morph.js"),
  KEYS("keys.js"),
  PALETTE("palette.js"),
  CHARTS("charts.js"),
  /** uPlot 1.6.32 as its authors published it; MIT. */
  UPLOT("uplot.js"),
  UPLOT_STYLE("uplot.css"),
  UPLOT_LICENCE("uplot-LICENSE.txt"),
  ICON("icon.svg");

  private final String fileName;
  private final byte[] bytes;
  private final String hash;

  Asset(String fileName) {
    this.fileName = fileName;
    try (InputStream in = Asset.class.getResourceAsStream(fileName)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + fileName);
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hash = Sha256.hex(bytes);
  }

  public static Optional<Asset> named(String fileName) {
    return Arrays.stream(values()).filter(asset -> asset.fileName.equals(fileName)).findFirst();
  }

  public String fileName() {
    return fileName;
  }

  public String mediaType() {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1);
    return switch (ending) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** SHA-256 in hexadecimal digits. */
  public String hash() {
    return hash;
  }
}
