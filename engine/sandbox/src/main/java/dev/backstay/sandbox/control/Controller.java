package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Refusal;

/// Looks at everything it is in charge of and takes the next step of each; called again after every
/// change, by one thread.
interface Controller {
  void run() throws Refusal;
}
