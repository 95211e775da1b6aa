package dev.flightlog.patterns.templates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSignatureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "took 15 ms and 3 tries|took <*> and <*> tries",
        "took 1.5s and 3 tries|took <*> and <*> tries",
        "open /var/log/app.log failed|open <*> failed",
        "open C:\\Users\\a\\b.txt failed|open <*> failed",
        "GET https://example.com/a?b=1 gave 404|GET <*> gave <*>",
        "commit 3f2a9c1d8e by bob|commit <*> by bob",
        "id 6f1c0c1e-4b5a-4a57-9a0b-0d0b6a2f3e11 gone|id <*> gone",
        "from 10.0.0.1:8080 to [fe80::1]:80|from <*> to [<*>]:<*>",
        "at Mon Jul 10 03:55:15 2006 by cron|at <*> by cron",
        "2025-01-02T03:04:05.678Z ERROR x|<*> ERROR x",
        "block blk_-1608999687919862906 lost|block blk_<*> lost",
        "list [1, 2, 3] of 7|list [<*>] of <*>",
        "user=alice uid=0|user=alice uid=<*>",
        "处理了15个文件|处理了<*>个文件",
        "main.py:12: error: x|<*>: error: x",
        "read/write error|read/write error",
        "12345|<*>",
      })
  void whatVariesByItsFormIsASlot(String message, String signature) {
    assertThat(MessageSignature.of(message).text()).isEqualTo(signature);
  }
}
