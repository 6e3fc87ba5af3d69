/* A ledger on a simulated disk, and a fault that it meets at one call or statement of our choice. */
#ifndef TOURDESK_TESTS_LEDGER_FAULTS_H
#define TOURDESK_TESTS_LEDGER_FAULTS_H

#include "../soak/disk.h"
#include "scratch.h"

enum fault {
    FAULT_REFUSED, /* SQLite refuses one statement while it is prepared, as for a damaged schema */
    FAULT_READ,    /* an I/O error, once */
    FAULT_WRITE,
    FAULT_FULL,  /* no room from there on */
    FAULT_FLUSH, /* a flush fails and drops what it was to flush */
    FAULTS,
};

struct bench {
    struct disk *disk;
    struct scratch *scratch;
    struct ledger *ledger; /* the open one, or NULL */
    long passed; /* how many of those that the fault may meet were made since faults_arm() */
};

extern struct bench bench;

/* The bench with an empty disk, and its end. */
bool faults_set_up(void);
int faults_tear_down(void);

/* The fault meets number `at`, counted from 1, of those that come; 0 = none, they are only counted. */
void faults_arm(enum fault fault, long at);
void faults_disarm(void);

const char *fault_words(enum fault fault);

/* True if it is one of the disk's: what was written may be found afterwards though the call failed. */
bool fault_of_disk(enum fault fault);

/* Opens the ledger on the disk as it was saved, or fails the test; closes the one that is open. */
void bench_begin(void);
void bench_end(void);

#endif
