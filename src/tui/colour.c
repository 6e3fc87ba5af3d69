/* Colours, and what becomes of them where there are few. */
#include "tourdesk/tui/theme.h"

#include <math.h>
#include <stdlib.h>

enum { SYSTEM_COLOURS = 16, PALETTE = 256 };

const double contrast_least = 4.5;

static const uint32_t palette16[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
    0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff,
    0xffffff};

uint32_t colour_rgb(int32_t colour)
{
    if (colour & COLOUR_RGB)
        return (uint32_t)colour & 0xffffff;
    if (colour < 16)
        return palette16[colour < 0 ? 0 : colour];
    if (colour >= 232) {
        uint32_t grey = (uint32_t)(8 + (colour - 232) * 10);
        return grey << 16 | grey << 8 | grey;
    }
    static const uint32_t steps[] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    int cube = colour - 16;
    return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6];
}

/* --- contrast ------------------------------------------------------------------------------------------ */

static double linear(uint32_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) +
           0.0722 * linear(rgb & 0xFF);
}

double colour_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

/* --- few colours --------------------------------------------------------------------------------------- */

enum { GREY = -1, GREY_CHROMA = 40, CIRCLE = 360 };

/* The place on the circle of colours in degrees; GREY for what has next to no colour. */
static int hue(uint32_t rgb)
{
    int red = (int)(rgb >> 16 & 0xFF), green = (int)(rgb >> 8 & 0xFF), blue = (int)(rgb & 0xFF);
    int most = red > green ? red : green, least = red < green ? red : green;
    most = blue > most ? blue : most;
    least = blue < least ? blue : least;
    int chroma = most - least;
    if (chroma < GREY_CHROMA)
        return GREY;
    int turn = most == red     ? 60 * (green - blue) / chroma
               : most == green ? 120 + 60 * (blue - red) / chroma
                               : 240 + 60 * (red - green) / chroma;
    return (turn + CIRCLE) % CIRCLE;
}

/* What is lost where a grey becomes a colour, a colour a grey, or another colour. */
static long hue_distance(uint32_t wanted, uint32_t rgb)
{
    enum { COLOURED = 200000, GREYED = 80000, HALF_TURN = 150000 };
    int a = hue(wanted), b = hue(rgb);
    if (a == GREY || b == GREY)
        return a == b ? 0 : a == GREY ? COLOURED : GREYED;
    int turn = abs(a - b);
    return (long)HALF_TURN * (turn > CIRCLE / 2 ? CIRCLE - turn : turn) / (CIRCLE / 2);
}

static long distance(uint32_t wanted, uint32_t rgb)
{
    long red = (long)(wanted >> 16 & 0xFF) - (long)(rgb >> 16 & 0xFF);
    long green = (long)(wanted >> 8 & 0xFF) - (long)(rgb >> 8 & 0xFF);
    long blue = (long)(wanted & 0xFF) - (long)(rgb & 0xFF);
    return 2 * red * red + 4 * green * green + 3 * blue * blue + hue_distance(wanted, rgb);
}

/* The nearest of `count` colours that stands at least `least` apart from `ground`; where none does, the one
 * that stands furthest. With 256 the first sixteen are left alone: people change them. */
static int32_t nearest(uint32_t wanted, int count, uint32_t ground, double least)
{
    int32_t best = 0, furthest = 0;
    long best_distance = -1;
    double most = 0;
    for (int32_t i = count == PALETTE ? SYSTEM_COLOURS : 0; i < count; i++) {
        uint32_t rgb = colour_rgb(i);
        double contrast = colour_contrast(rgb, ground);
        long away = distance(wanted, rgb);
        if (contrast > most) {
            most = contrast;
            furthest = i;
        }
        if (contrast >= least && (best_distance < 0 || away < best_distance)) {
            best_distance = away;
            best = i;
        }
    }
    return best_distance < 0 ? furthest : best;
}

/* How a place stands out whose ground, brought down, is that of the page. */
static unsigned instead_of_ground(enum role role)
{
    switch (role) {
    case ROLE_FIELD: return ATTRIBUTE_UNDERLINE;
    case ROLE_FOCUS:
    case ROLE_FIELD_FOCUS:
    case ROLE_PRACTICE: return ATTRIBUTE_REVERSE;
    default: return 0;
    }
}

struct seen theme_seen(const struct theme *theme, const struct look *look)
{
    return (struct seen){
        .fg = look->fg == COLOUR_DEFAULT ? theme->foreground : colour_rgb(look->fg),
        .bg = look->bg == COLOUR_DEFAULT ? theme->background : colour_rgb(look->bg),
    };
}

/* True for a colour that the terminal has as it is. */
static bool has(int32_t colour, int count)
{
    return colour == COLOUR_DEFAULT || colour < count;
}

struct look theme_look(const struct theme *theme, enum role role, int count)
{
    enum { TELLING = 128 }; /* hundredths: from here on two grounds can be told apart */
    struct look look = theme->looks[role];
    if (count > PALETTE)
        return look;
    struct seen full = theme_seen(theme, &look);
    double least = fmin(contrast_least, colour_contrast(full.fg, full.bg));
    if (!has(look.bg, count))
        look.bg = nearest(full.bg, count, full.bg, 0);
    struct seen now = theme_seen(theme, &look);
    if (!has(look.fg, count) || colour_contrast(now.fg, now.bg) < least)
        look.fg = nearest(full.fg, count, now.bg, least);
    uint32_t page = theme->background;
    bool stood_out = colour_contrast(full.bg, page) * 100 >= TELLING;
    if (theme->painted)
        page = colour_rgb(nearest(page, count, page, 0));
    if (stood_out && colour_contrast(now.bg, page) * 100 < TELLING)
        look.attributes |= instead_of_ground(role);
    if (role == ROLE_HINT && count < PALETTE)
        look.attributes |= ATTRIBUTE_UNDERLINE; /* too few greys to tell it from what is typed */
    return look;
}
