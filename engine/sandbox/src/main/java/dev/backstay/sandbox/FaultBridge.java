package dev.backstay.sandbox;

import dev.backstay.sandbox.state.Disturbance;
import java.util.Optional;

/// [Faults] as the server asks for them.
record FaultBridge(Faults faults, Requests requests) implements Disturbance {

  @Override
  public void seen(String method, String target) {
    requests.seen(method, target);
  }

  @Override
  public Optional<Disturbance.Fault> take(String verb, String resource) {
    return faults.take(verb, resource).map(f -> new Disturbance.Fault(f.code(), f.delay()));
  }

  @Override
  public void awaitThaw() throws InterruptedException {
    faults.awaitThaw();
  }

  @Override
  public void watchOpened(Runnable closer) {
    faults.watchOpened(closer);
  }

  @Override
  public void watchClosed(Runnable closer) {
    faults.watchClosed(closer);
  }

  @Override
  public Optional<String> volumeSnapshotError() {
    return faults.volumeSnapshotError();
  }

  @Override
  public long streamBudget() {
    return faults.streamBudget();
  }

  @Override
  public long streamRate() {
    return faults.streamRate();
  }

  @Override
  public long streamStalls() {
    return faults.streamStalls();
  }

  @Override
  public boolean evictThisMover() {
    return faults.evictThisMover();
  }
}
