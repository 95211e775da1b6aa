/** Keeps events in one SQLite file on one machine. */
module dev.flightlog.stores.sqlite {
  requires static org.jspecify;
  requires transitive dev.flightlog.store;
  requires java.sql;
  requires org.xerial.sqlitejdbc;

  exports dev.flightlog.stores.sqlite;
}
