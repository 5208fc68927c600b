package dev.backstay.repository.store;

class MemoryStoreTest extends StoreContract {
  @Override
  ObjectStore make() {
    return new MemoryStore();
  }
}
