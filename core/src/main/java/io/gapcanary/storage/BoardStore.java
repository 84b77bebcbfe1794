package io.gapcanary.storage;

import io.gapcanary.BoardChange;
import io.gapcanary.BoardLog.Page;
import io.gapcanary.BoardLog.Place;
import io.gapcanary.BoardLog.Snapshot;
import io.gapcanary.Gap;
import io.gapcanary.WireName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What happened to gaps, in order. Triggers write it. */
public final class BoardStore {
  private static final String LINE =
      """
      COALESCE(g.number, g.former_number) AS number, g.kind, g.state, g.title, g.article_id, g.owner, g.cases AS cases_now,
      (SELECT other.number FROM gap other WHERE other.key = g.merged_into) AS joined, g.version
      """;

  private static final int WORSE = 100;

  private final Handle handle;

  BoardStore(Handle handle) {
    this.handle = handle;
  }

  /** Where it ends. */
  public Place end() {
    return handle
        .createQuery("SELECT id, at FROM gap_change ORDER BY id DESC LIMIT 1")
        .map((row, context) -> new Place(row.getLong(1), row.getLong(2)))
        .findOne()
        .orElse(Place.BEGINNING);
  }

  /** True when all that happened after a place is there. */
  public boolean knows(Place place) {
    if (place.equals(Place.BEGINNING)) {
      return handle
          .createQuery("SELECT COALESCE(MIN(id), 1) = 1 FROM gap_change")
          .mapTo(Boolean.class)
          .one();
    }
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM gap_change WHERE id = :id AND at = :at)")
        .bind("id", place.number())
        .bind("at", place.at())
        .mapTo(Boolean.class)
        .one();
  }

  /** What happened after a place. Changes of gaps that were erased are not told. */
  public Page after(Place place, int most) {
    List<Map.Entry<Place, BoardChange>> found =
        handle
            .createQuery(
                "SELECT c.id, c.at, c.what, c.cases, c.subject, c.rise, "
                    + LINE
                    + "FROM gap_change c LEFT JOIN gap g ON g.key = c.gap_key"
                    + " WHERE c.id > :id AND (g.number IS NOT NULL OR c.subject IS NOT NULL"
                    + " OR c.what = 'withdrawn' AND g.former_number IS NOT NULL"
                    + " OR EXISTS (SELECT 1 FROM article_rise r JOIN article a ON a.id = r.article_id"
                    + " WHERE r.id = c.rise)) ORDER BY c.id LIMIT :most")
            .bind("id", place.number())
            .bind("most", most)
            .map((row, context) -> change(row))
            .list();
    Place end =
        found.size() == most ? found.getLast().getKey() : end().number() > 0 ? end() : place;
    return new Page(found.stream().map(Map.Entry::getValue).toList(), end);
  }

  private Map.Entry<Place, BoardChange> change(ResultSet row) throws SQLException {
    Long subject = Columns.whole(row, "subject");
    Long rise = Columns.whole(row, "rise");
    Place place = new Place(row.getLong("id"), row.getLong("at"));
    return Map.entry(
        place,
        new BoardChange(
            place.toString(),
            Instant.ofEpochMilli(row.getLong("at")),
            WireName.parse(BoardChange.What.class, "what", row.getString("what")),
            row.getInt("cases"),
            subject == null && rise == null ? line(row) : null,
            subject == null ? null : new FormingStore(handle).get(subject),
            rise == null ? null : new RiseStore(handle).findByNumber(rise).orElse(null)));
  }

  private static BoardChange.Line line(ResultSet row) throws SQLException {
    return new BoardChange.Line(
        "gap-" + row.getInt("number"),
        WireName.parse(Gap.Kind.class, "kind", row.getString("kind")),
        WireName.parse(Gap.State.class, "state", row.getString("state")),
        row.getString("title"),
        row.getString("article_id"),
        row.getString("owner"),
        row.getInt("cases_now"),
        joined(row),
        row.getLong("version"));
  }

  private static @Nullable String joined(ResultSet row) throws SQLException {
    int joined = row.getInt("joined");
    return joined == 0 ? null : "gap-" + joined;
  }

  private static final String LIVE =
      " FROM gap g WHERE g.number IS NOT NULL AND g.merged_into IS NULL"
          + " AND g.state NOT IN ('verified', 'dismissed')";

  /** The gaps that somebody should see to. */
  public Snapshot snapshot(int most) {
    List<BoardChange.Line> lines =
        handle
            .createQuery("SELECT " + LINE + LIVE + " ORDER BY g.number LIMIT :most")
            .bind("most", most)
            .map((row, context) -> line(row))
            .list();
    int live = handle.createQuery("SELECT COUNT(*)" + LIVE).mapTo(Integer.class).one();
    return new Snapshot(lines, live, new RiseStore(handle).lasting(WORSE), end());
  }
}
