package dev.runlog.process.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The JVM's signal handling, {@code sun.misc.Signal} of the module jdk.unsupported. There is no
 * supported way to handle a signal; this one exists in every JDK from 9 on, but javac warns about
 * each mention and the warning cannot be suppressed, so the class is reached by reflection, here
 * alone.
 */
final class JvmSignals {

  private JvmSignals() {}

  /** What was registered before, to be put back. */
  record Previous(String signal, Object handler) {

    void restore() {
      register(signal, handler);
    }
  }

  /**
   * Handles a signal from now on, on a thread of the JVM's own.
   *
   * @param signal the name without SIG, such as {@code TERM}
   * @param action is given that name with SIG
   * @throws UnsupportedOperationException when this JVM leaves the signal to the operating system
   */
  static Previous handle(String signal, Consumer<String> action) {
    return new Previous(signal, register(signal, handler("SIG" + signal, action)));
  }

  private static Object register(String signal, Object handler) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Object instance = signalClass.getConstructor(String.class).newInstance(signal);
      Method handle = signalClass.getMethod("handle", signalClass, handlerClass());
      return handle.invoke(null, instance, handler);
    } catch (ReflectiveOperationException e) {
      throw unsupported(signal, e);
    }
  }

  private static Object handler(String name, Consumer<String> action) {
    try {
      return Proxy.newProxyInstance(
          JvmSignals.class.getClassLoader(),
          new Class<?>[] {handlerClass()},
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.accept(name);
              return null;
            }
            return ofObject(name, proxy, method, arguments);
          });
    } catch (ClassNotFoundException e) {
      throw unsupported(name, e);
    }
  }

  /** The proxy is also asked for the methods of Object. */
  private static Object ofObject(String name, Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of " + name;
    };
  }

  private static Class<?> handlerClass() throws ClassNotFoundException {
    return Class.forName("sun.misc.SignalHandler");
  }

  private static UnsupportedOperationException unsupported(String signal, Exception e) {
    Throwable cause =
        e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    return new UnsupportedOperationException(
        "this JVM cannot handle " + signal + ": " + cause.getMessage(), cause);
  }
}
