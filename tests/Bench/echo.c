/* The least that a UDP server can do: what comes goes back to where it came from. The yardstick of 'tests/Bench -- peers'. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    char datagram[2048];
    struct sockaddr_in local = { .sin_family = AF_INET }, peer;
    int udp = socket(AF_INET, SOCK_DGRAM, 0);

    if (argc != 3 || inet_pton(AF_INET, argv[1], &local.sin_addr) != 1)
        return 2;
    local.sin_port = htons((unsigned short)atoi(argv[2]));
    if (udp < 0 || bind(udp, (struct sockaddr *)&local, sizeof local) != 0)
        return 1;

    /* It ends with the bench, however that ends. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        socklen_t length = sizeof peer;
        ssize_t count = recvfrom(udp, datagram, sizeof datagram, 0, (struct sockaddr *)&peer, &length);
        if (count >= 0)
            sendto(udp, datagram, (size_t)count, 0, (struct sockaddr *)&peer, length);
    }
}
