#include "enter.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char words[1024];

/* As the runtime's language writes it: in small letters. */
const char *wrong_reason(void)
{
    static char reason[128];
    snprintf(reason, sizeof reason, "%s", strerror(errno));
    reason[0] = (char) tolower((unsigned char) reason[0]);
    return reason;
}

/* Always false. What was said first is the cause. */
bool wrong(const char *format, ...)
{
    va_list arguments;
    if (!*words) {
        va_start(arguments, format);
        vsnprintf(words, sizeof words, format, arguments);
        va_end(arguments);
    }
    return false;
}

const char *wrong_words(void)
{
    return *words ? words : "nobody knows why";
}
