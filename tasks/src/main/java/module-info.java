/**
 * Tasks: their folders, their queue, their index and their figures.
 *
 * <p>Jedis has no module of its own; its jar names the automatic one. Those who run this module on
 * the module path put its jars there, too.
 */
module dev.flightlog.tasks {
  requires static org.jspecify;
  requires transitive dev.flightlog.event;
  requires transitive dev.flightlog.recorder;
  requires transitive dev.flightlog.store;
  requires dev.flightlog.wording;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;
  requires redis.clients.jedis;

  exports dev.flightlog.tasks;
  exports dev.flightlog.tasks.csv;
  exports dev.flightlog.tasks.database;
  exports dev.flightlog.tasks.folder;
  exports dev.flightlog.tasks.index;
  exports dev.flightlog.tasks.live;
  exports dev.flightlog.tasks.queue;
}
