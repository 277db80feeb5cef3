package io.caisson.image.document;

import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.List;

/** Splits the rest of a Dockerfile instruction as its builder does: by blanks, respecting quotes and backslashes. */
final class Words {
    private Words() {}

    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < text.length();
            if (escapes) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                finish(words, word, inWord);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw Fault.invalid("unexpected end of statement while looking for matching quote");
        }
        finish(words, word, inWord);
        return words;
    }

    private static void finish(List<String> words, StringBuilder word, boolean inWord) {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
