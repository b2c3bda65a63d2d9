package dev.madeleine.containers;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A way in which an application writes its body. */
enum BodyWay {
  STREAM {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  },
  STREAM_BYTE_BY_BYTE {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        response.getOutputStream().write(b);
      }
    }
  },
  /** Cannot write more than ISO 8859-1. */
  STREAM_PRINT {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getOutputStream().print(text);
    }
  },
  WRITE {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().write(text);
    }
  },
  WRITE_CHARS {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().write(text.toCharArray(), 0, text.length());
    }
  },
  PRINT {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().print(text);
    }
  },
  PRINT_IN_PIECES {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
      response.getWriter().print(text.substring(0, middle));
      response.getWriter().print(text.substring(middle));
    }
  },
  PRINTLN {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().println(text.substring(0, text.lastIndexOf(END)));
    }
  },
  PRINTF {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().printf("%s", text);
    }
  },
  FORMAT {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().format("%s", text);
    }
  },
  APPEND {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().append(text);
    }
  },
  CHECK_ERROR {
    @Override
    void write(HttpServletResponse response, String text) throws IOException {
      response.getWriter().print(text);
      if (response.getWriter().checkError()) {
        throw new IOException("the writer failed");
      }
    }
  };

  /** How every text ends that is to be written. */
  static final String END = System.lineSeparator();

  /** Writes a text, which has the line's end at its end. */
  abstract void write(HttpServletResponse response, String text) throws IOException;
}
