package dev.backstay.repository.store;

class MemoryStoreTest extends StoreContract {
  @Override
  protected ObjectStore make() {
    return new MemoryStore();
  }
}
