using System.Runtime.InteropServices;

namespace NanoComm.Bench
{
    /// <summary>Several datagrams a call, and one wait for several sockets, from Linux's headers: who asks must cost less than who
    /// answers.</summary>
    internal static class LinuxDatagrams
    {
        public const short PollIn = 0x001;

        private const int DontWait = 0x40;

        /// <summary>Receives what is there.</summary>
        /// <returns>How many, -1 for none.</returns>
        public static int Receive(int socket, MessageVector[] messages) => recvmmsg(socket, messages, (uint)messages.Length, DontWait, 0);

        /// <summary>Sends the first so many.</summary>
        /// <returns>How many were taken, -1 for none.</returns>
        public static int Send(int socket, MessageVector[] messages, int count) => sendmmsg(socket, messages, (uint)count, 0);

        /// <summary>Waits until one of them has something.</summary>
        /// <returns>How many have.</returns>
        public static int Wait(PollEntry[] entries, int milliseconds) => poll(entries, (nuint)entries.Length, milliseconds);

        [DllImport("libc", SetLastError = true)]
        private static extern int recvmmsg(int socket, [In, Out] MessageVector[] messages, uint count, int flags, nint timeout);

        [DllImport("libc", SetLastError = true)]
        private static extern int sendmmsg(int socket, [In, Out] MessageVector[] messages, uint count, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int poll([In, Out] PollEntry[] entries, nuint count, int milliseconds);

        // struct pollfd.
        [StructLayout(LayoutKind.Sequential)]
        public struct PollEntry
        {
            public int Socket;
            public short Wanted;
            public short Got;
        }

        // struct mmsghdr.
        [StructLayout(LayoutKind.Sequential)]
        public struct MessageVector
        {
            public Message Message;
            public uint Length;
        }

        // struct msghdr.
        [StructLayout(LayoutKind.Sequential)]
        public struct Message
        {
            public nint Name;
            public uint NameSize;
            public nint Parts;
            public nuint PartNumber;
            public nint Control;
            public nuint ControlLength;
            public int Flags;
        }

        // struct iovec.
        [StructLayout(LayoutKind.Sequential)]
        public struct Part
        {
            public nint Start;
            public nuint Length;
        }
    }
}
