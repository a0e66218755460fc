package dev.runlog.events.revisions;

import static dev.runlog.events.schema.Tables.SUPERVISOR_REVISIONS;

import dev.runlog.events.db.Database;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Reads revisions, the newest attempts first. Thread-safe. */
public final class RevisionQuery {

  private final Database database;

  public RevisionQuery(Database database) {
    this.database = database;
  }

  /** All attempts with all supervisors. */
  public List<Revision> all() {
    return where(DSL.noCondition());
  }

  /** All attempts with a supervisor. */
  public List<Revision> of(String supervisorInstanceId) {
    return where(SUPERVISOR_REVISIONS.SUPERVISOR_INSTANCE_ID.eq(supervisorInstanceId));
  }

  /** The attempt of that id, empty when there is none. */
  public Optional<Revision> find(long id) {
    return where(SUPERVISOR_REVISIONS.ID.eq(id)).stream().findFirst();
  }

  /**
   * The newest attempt of the one SHA with a supervisor that begins like this, empty when there is
   * none.
   *
   * @throws InvalidRevisionException when several SHAs begin like this; the message names them
   */
  public Optional<Revision> newest(String supervisorInstanceId, String beginOfSha) {
    List<Revision> all = of(supervisorInstanceId);
    return RevisionName.find(all.stream().map(Revision::revision).toList(), beginOfSha)
        .flatMap(name -> all.stream().filter(row -> row.revision().equals(name)).findFirst());
  }

  /**
   * Checks whether a build could be registered now, before anything of it is stored.
   *
   * @throws InvalidRevisionException when it could not; the message says why
   */
  public void requireFree(String supervisorInstanceId, String revision, String artifactSha256) {
    RevisionName.require(revision);
    Registration.check(all(), supervisorInstanceId, revision, artifactSha256);
  }

  private List<Revision> where(Condition condition) {
    return database.read(
        sql ->
            sql.selectFrom(SUPERVISOR_REVISIONS)
                .where(condition)
                .orderBy(SUPERVISOR_REVISIONS.ID.desc())
                .fetch(RevisionRows::toRevision));
  }
}
