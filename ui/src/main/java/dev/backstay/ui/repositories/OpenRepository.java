package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.workflow.repository.CheckInfo;
import dev.backstay.workflow.repository.KnownRepository;
import dev.backstay.workflow.repository.RepositorySession;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// One repository and, once its password was given, its session. For the FX thread.
public final class OpenRepository {

  /// How far it is open.
  public enum Standing {
    CLOSED,
    OPENING,
    NEEDS_PASSWORD,
    OPEN,
    FAILED,
    /// It was open and does not answer any more.
    GONE
  }

  private final String location;
  private final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.CLOSED);
  private @Nullable KnownRepository known;
  private @Nullable RepositorySession session;
  private @Nullable EngineException error;
  private @Nullable CheckInfo lastCheck;

  OpenRepository(String location) {
    this.location = location;
  }

  public String location() {
    return location;
  }

  /// 64 hex characters, or empty while unknown.
  public String id() {
    if (session != null) {
      return session.id();
    }
    return known == null ? "" : known.id();
  }

  /// The last part of the place, for people.
  public String name() {
    String trimmed = location.replaceAll("[/\\\\]+$", "");
    return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
  }

  public Standing standing() {
    return standing.get();
  }

  public ReadOnlyObjectProperty<Standing> standingProperty() {
    return standing;
  }

  /// Null unless it is open.
  public @Nullable RepositorySession session() {
    return session;
  }

  public @Nullable KnownRepository known() {
    return known;
  }

  public @Nullable EngineException error() {
    return error;
  }

  /// What the last check from this window found, null if there was none since anything was
  /// repaired.
  public @Nullable CheckInfo lastCheck() {
    return lastCheck;
  }

  public void checked(@Nullable CheckInfo found) {
    lastCheck = found;
  }

  void known(KnownRepository row) {
    known = row;
  }

  void opening() {
    error = null;
    standing.set(Standing.OPENING);
  }

  void needsPassword() {
    standing.set(Standing.NEEDS_PASSWORD);
  }

  void failed(EngineException why) {
    error = why;
    standing.set(Standing.FAILED);
  }

  void gone(EngineException why) {
    error = why;
    standing.set(Standing.GONE);
  }

  void open(RepositorySession opened) {
    session = opened;
    error = null;
    standing.set(Standing.OPEN);
  }
}
