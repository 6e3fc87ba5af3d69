#include "tourdesk/knock/http.h"

#include <stdlib.h>

const char *http_method_word(enum http_method method)
{
    static const char *const words[] = {
        [HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_PUT] = "PUT"};
    return words[method];
}

void http_request_finish(struct http_request *request)
{
    free(request->body);
    request->body = NULL;
}

void http_answer_finish(struct http_answer *answer)
{
    free(answer->body);
    answer->body = NULL;
}
