/* A fast loader in C, the bound for the importer: maps each journal, reads each line with a small parser, binds every column
 * of a prepared statement, one transaction for 10,000 rows, indexes afterwards. It trusts its input, keeps no position, and
 * would fail or load garbage where the importer has to go on.
 *
 *   loader DATABASE TABLE.sql INDEXES.sql FILES.txt      FILES.txt: one path a line
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite3.h"

enum { COLUMNS = 24, PER_TRANSACTION = 10000, LONGEST = 1 << 20 };

static const char *const KEYS[COLUMNS] = {
    "id",          "timestamp",       "event_type",   "category",     "session_id",   "story_id",
    "workflow_id", "agent_name",      "task_id",      "run_id",       "step",         "component",
    "duration_ms", "tokens_used",     "context_percent", "success",   "confidence_score", "impact_score",
    "time_saved_or_wasted_ms", "user_satisfaction_delta", "created_rule", "pattern_detected", "needs_review", "details"};

static sqlite3 *db;
static size_t lengths[COLUMNS];

static void check(int code, const char *what) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
  }
}

static void run(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL), sql); }

static char *text_of(const char *path) {
  FILE *in = fopen(path, "rb");
  if (in == NULL) {
    perror(path);
    exit(1);
  }
  fseek(in, 0, SEEK_END);
  long size = ftell(in);
  rewind(in);
  char *text = malloc((size_t)size + 1);
  text[fread(text, 1, (size_t)size, in)] = 0;
  fclose(in);
  return text;
}

/* The column of a key. Keys come nearly always in this order, so the search starts behind the last one. */
static int column(const char *key, size_t length, int last) {
  for (int i = 1; i <= COLUMNS; i++) {
    int at = (last + i) % COLUMNS;
    if (lengths[at] == length && memcmp(KEYS[at], key, length) == 0) return at;
  }
  return -1;
}

/* Behind the closing quote of the string that starts at p. */
static const char *string_end(const char *p) {
  for (p++; *p != '"'; p++)
    if (*p == '\\') p++;
  return p + 1;
}

/* Behind the object or array that starts at p. */
static const char *nested_end(const char *p) {
  int depth = 0;
  for (;;) {
    switch (*p) {
      case '"': p = string_end(p); continue;
      case '{': case '[': depth++; break;
      case '}': case ']':
        if (--depth == 0) return p + 1;
        break;
      default: break;
    }
    p++;
  }
}

static int hex4(const char *p) {
  int value = 0;
  for (int i = 0; i < 4; i++) value = value << 4 | ((p[i] & 15) + (p[i] > '9' ? 9 : 0));
  return value;
}

static size_t put_utf8(char *to, int c) {
  if (c < 0x80) { to[0] = (char)c; return 1; }
  if (c < 0x800) { to[0] = (char)(0xc0 | c >> 6); to[1] = (char)(0x80 | (c & 63)); return 2; }
  if (c < 0x10000) {
    to[0] = (char)(0xe0 | c >> 12); to[1] = (char)(0x80 | (c >> 6 & 63)); to[2] = (char)(0x80 | (c & 63));
    return 3;
  }
  to[0] = (char)(0xf0 | c >> 18); to[1] = (char)(0x80 | (c >> 12 & 63));
  to[2] = (char)(0x80 | (c >> 6 & 63)); to[3] = (char)(0x80 | (c & 63));
  return 4;
}

/* The text between p and end without its escapes. */
static size_t unescape(const char *p, const char *end, char *to) {
  char *start = to;
  while (p < end) {
    if (*p != '\\') { *to++ = *p++; continue; }
    p++;
    switch (*p) {
      case 'n': *to++ = '\n'; p++; break;
      case 't': *to++ = '\t'; p++; break;
      case 'r': *to++ = '\r'; p++; break;
      case 'b': *to++ = '\b'; p++; break;
      case 'f': *to++ = '\f'; p++; break;
      case 'u': {
        int c = hex4(p + 1);
        p += 5;
        if (c >= 0xd800 && c < 0xdc00 && p[0] == '\\' && p[1] == 'u') {
          c = 0x10000 + ((c - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
          p += 6;
        }
        to += put_utf8(to, c);
        break;
      }
      default: *to++ = *p++; break;
    }
  }
  return (size_t)(to - start);
}

static const char *bind_string(sqlite3_stmt *insert, int at, const char *p) {
  static char plain[LONGEST];
  const char *end = string_end(p);
  size_t length = (size_t)(end - p) - 2;
  if (memchr(p + 1, '\\', length) == NULL) {
    sqlite3_bind_text(insert, at, p + 1, (int)length, SQLITE_STATIC);
  } else {
    sqlite3_bind_text(insert, at, plain, (int)unescape(p + 1, end - 1, plain), SQLITE_TRANSIENT);
  }
  return end;
}

static const char *bind_number(sqlite3_stmt *insert, int at, const char *p) {
  char *end;
  const char *q = p;
  if (*q == '-') q++;
  sqlite3_int64 whole = 0;
  while (*q >= '0' && *q <= '9') whole = whole * 10 + (*q++ - '0');
  if (*q == '.' || *q == 'e' || *q == 'E') {
    sqlite3_bind_double(insert, at, strtod(p, &end));
    return end;
  }
  sqlite3_bind_int64(insert, at, *p == '-' ? -whole : whole);
  return q;
}

/* Binds one line; answers where the next one starts. */
static const char *bind_line(sqlite3_stmt *insert, const char *p) {
  int last = -1;
  p++; /* { */
  while (*p != '}') {
    if (*p == ',') p++;
    const char *key = p + 1;
    const char *behind = string_end(p);
    int at = column(key, (size_t)(behind - key) - 1, last);
    p = behind + 1; /* : */
    if (*p == '"') {
      p = at < 0 ? string_end(p) : bind_string(insert, at + 1, p);
    } else if (*p == '{' || *p == '[') {
      const char *end = nested_end(p);
      if (at >= 0) sqlite3_bind_text(insert, at + 1, p, (int)(end - p), SQLITE_STATIC);
      p = end;
    } else if (*p == 't' || *p == 'f') {
      if (at >= 0) sqlite3_bind_int(insert, at + 1, *p == 't');
      p += *p == 't' ? 4 : 5;
    } else if (*p == 'n') {
      p += 4;
    } else {
      p = bind_number(insert, at + 1, p);
    }
    last = at;
  }
  while (*p != '\n') p++;
  return p + 1;
}

static long load(sqlite3_stmt *insert, const char *path, long rows) {
  int file = open(path, O_RDONLY);
  struct stat stat;
  if (file < 0 || fstat(file, &stat) != 0) {
    perror(path);
    exit(1);
  }
  if (stat.st_size == 0) {
    close(file);
    return rows;
  }
  const char *start = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  const char *end = start + stat.st_size;
  for (const char *p = start; p < end;) {
    p = bind_line(insert, p);
    check(sqlite3_step(insert), "insert");
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    if (++rows % PER_TRANSACTION == 0) run("COMMIT; BEGIN");
  }
  munmap((void *)start, (size_t)stat.st_size);
  close(file);
  return rows;
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "usage: loader DATABASE TABLE.sql INDEXES.sql FILES.txt\n");
    return 2;
  }
  for (int i = 0; i < COLUMNS; i++) lengths[i] = strlen(KEYS[i]);
  check(sqlite3_open(arguments[1], &db), arguments[1]);
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY;"
      "PRAGMA wal_autocheckpoint=10000");
  run(text_of(arguments[2]));
  char sql[2048] = "INSERT INTO events(event_id";
  for (int i = 1; i < COLUMNS; i++) {
    strcat(sql, ",");
    strcat(sql, KEYS[i]);
  }
  strcat(sql, ") VALUES(?");
  for (int i = 1; i < COLUMNS; i++) strcat(sql, ",?");
  strcat(sql, ")");
  sqlite3_stmt *insert;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &insert, NULL), sql);

  long rows = 0;
  run("BEGIN");
  for (char *path = strtok(text_of(arguments[4]), "\n"); path != NULL; path = strtok(NULL, "\n")) {
    rows = load(insert, path, rows);
  }
  run("COMMIT");
  sqlite3_finalize(insert);
  run(text_of(arguments[3]));
  check(sqlite3_close(db), "close");
  printf("figure rows %ld\n", rows);
  return 0;
}
