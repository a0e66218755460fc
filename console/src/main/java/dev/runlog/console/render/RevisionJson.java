package dev.runlog.console.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.runlog.events.json.Json;
import dev.runlog.events.revisions.Revision;

/** A revision as JSON, its fields exactly the columns of the table. */
public final class RevisionJson {

  private RevisionJson() {}

  public static ObjectNode of(Revision revision) {
    ObjectNode json = Json.object();
    json.put("id", revision.id());
    json.put("supervisor_instance_id", revision.supervisorInstanceId());
    json.put("revision", revision.revision());
    json.put("attempt", revision.attempt());
    json.put("artifact_sha256", revision.artifactSha256());
    json.put("state", revision.state().wireName());
    json.put("previous_revision", revision.previousRevision().orElse(null));
    json.put("reason", revision.reason().orElse(null));
    json.set("figures", revision.figures().map(Json::tree).orElse(null));
    json.put("resumes", revision.resumes());
    json.put("window_start_event_id", revision.windowStartEventId().orElse(null));
    json.put("registered_at", revision.registeredAt().toEpochMilli());
    json.put("registered_by", revision.registeredBy().value());
    json.put("state_since", revision.stateSince().toEpochMilli());
    json.put("promote_requested_at", JsonFields.millis(revision.promoteRequestedAt()));
    json.put("rollback_requested_at", JsonFields.millis(revision.rollbackRequestedAt()));
    return json;
  }
}
