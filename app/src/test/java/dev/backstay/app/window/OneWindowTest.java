package dev.backstay.app.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.StorageException;
import dev.backstay.ui.window.WindowWish;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second start finds the first and tells it everything that it was asked for.
final class OneWindowTest {

  private static final Wish WISH =
      new Wish("alice in ops, dev", new WindowWish("prod=eu", "läden", "/a b/c\\d\n#e", "s3:x/y"));

  @TempDir Path state;

  @Test
  void theFirstHearsWhatTheSecondWants() {
    List<Wish> heard = new CopyOnWriteArrayList<>();
    try (OneWindow first = OneWindow.claim(state);
        OneWindow second = OneWindow.claim(state)) {
      assertTrue(first.first());
      assertFalse(second.first());
      first.listen(wish -> {
        heard.add(wish);
        return heard.size() == 1 ? "" : "not as läden";
      });
      assertEquals("", second.handOver(WISH));
      assertEquals("not as läden", second.handOver(WISH), "the answer comes back");
      assertEquals(List.of(WISH, WISH), heard);
    }
  }

  /// Whoever connects and says nothing, or nonsense, does not deafen it.
  @Test
  void nonsenseDoesNotDeafenIt() throws Exception {
    try (OneWindow first = OneWindow.claim(state);
        OneWindow second = OneWindow.claim(state)) {
      first.listen(wish -> wish.wanted().context());
      UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(state.resolve("window.sock"));
      try (SocketChannel silent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        assertTrue(silent.connect(socket));
      }
      try (SocketChannel odd = SocketChannel.open(socket)) {
        odd.write(ByteBuffer.wrap("context=\\u00zz".getBytes(StandardCharsets.UTF_8)));
      }
      assertEquals("prod=eu", second.handOver(WISH));
    }
  }

  @Test
  void theNextOneIsFirstOnceItIsClosed() {
    try (OneWindow first = OneWindow.claim(state)) {
      first.listen(_ -> "");
    }
    assertFalse(Files.exists(state.resolve("window.sock")));
    try (OneWindow next = OneWindow.claim(state)) {
      assertTrue(next.first());
    }
  }

  @Test
  void aFirstThatDoesNotAnswerIsTold() {
    try (OneWindow first = OneWindow.claim(state);
        OneWindow second = OneWindow.claim(state)) {
      assertTrue(first.first());
      assertEquals(
          "window.busy", assertThrows(StorageException.class, () -> second.handOver(WISH)).code());
    }
  }
}
