package dev.flightlog.alerts.state;

import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of the file of alerts. Stateless. */
final class AlertFile {
  /** What the file holds. */
  record Content(List<Alert> alerts, List<Notice> notices, long leftOut) {}

  private AlertFile() {}

  /** What cannot be understood is moved aside, and alerts begin anew: they can be found again. */
  static Content read(Path file) throws IOException {
    try {
      byte[] json = RegularFile.read(file);
      JsonReader reader = new JsonReader().reset(json, 0, json.length);
      if (reader.value() instanceof Map<?, ?> map) {
        return content(map);
      }
    } catch (NoSuchFileException e) {
      return new Content(List.of(), List.of(), 0);
    } catch (JsonException | NumberFormatException e) {
      // Moved aside below.
    }
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
    return new Content(List.of(), List.of(), 0);
  }

  private static Content content(Map<?, ?> map) {
    List<Alert> alerts = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    if (map.get("alerts") instanceof List<?> list) {
      for (Object each : list) {
        Alert alert = each instanceof Map<?, ?> one ? Alert.of(one) : null;
        if (alert != null) {
          alerts.add(alert);
        }
      }
    }
    if (map.get("unsent") instanceof List<?> list) {
      for (Object each : list) {
        Notice notice = each instanceof Map<?, ?> one ? Notice.of(one) : null;
        if (notice != null) {
          notices.add(notice);
        }
      }
    }
    return new Content(alerts, notices, map.get("left_out") instanceof Long number ? number : 0);
  }

  static byte[] bytes(Content content) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("alerts", content.alerts().stream().map(Alert::values).toList());
    json.put("unsent", content.notices().stream().map(Notice::json).toList());
    json.put("left_out", content.leftOut());
    return new JsonWriter().value(json).append('\n').toByteArray();
  }
}
