using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Hal.Host
{
    // What Linux offers beyond .NET's sockets, from its headers: several datagrams in one call, and one wait for sockets
    // and a wake-up alike.
    internal static class LinuxSockets
    {
        public const short PollIn = 0x001;

        // Control data of a datagram: how many the socket had no room for so far. Absent while that is none.
        public const int SocketLevel = 1;
        public const int ReceiveOverflow = 40;

        private const int Interrupted = 4;
        private const int WouldBlock = 11;
        private const int DontWait = 0x40;
        private const int PollCloseOnExec = 0x80000;
        private const int PollAdd = 1;

        // struct epoll_event: packed on x64 alone.
        private static readonly int PollDataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

        public static int PollEventLength => PollDataOffset + sizeof(long);

        // Whether the call before failed in earnest.
        public static bool LastIsFailure => Marshal.GetLastPInvokeError() is not (WouldBlock or Interrupted);

        private const int EventNonBlocking = 0x800;
        private const int EventCloseOnExec = 0x80000;

        public static int Receive(SafeHandle socket, MessageVector[] messages)
        {
            return recvmmsg(socket, messages, (uint)messages.Length, DontWait, IntPtr.Zero);
        }

        public static int Poll(PollEntry[] entries, int count, int milliseconds)
        {
            return poll(entries, (nuint)count, milliseconds);
        }

        // Descriptors that are waited for together; an invalid one when there is none to have.
        public static SafeFileHandle CreatePoll() => epoll_create1(PollCloseOnExec);

        public static bool AddToPoll(SafeFileHandle poll, int descriptor)
        {
            var entry = new byte[PollEventLength];
            BitConverter.TryWriteBytes(entry, (int)PollIn);
            BitConverter.TryWriteBytes(entry.AsSpan(PollDataOffset), (long)descriptor);
            return epoll_ctl(poll, PollAdd, descriptor, entry) == 0;
        }

        // How many of them have something, or -1; which, says DescriptorOf.
        public static int Wait(SafeFileHandle poll, byte[] events, int most, int milliseconds)
        {
            return epoll_wait(poll, events, most, milliseconds);
        }

        public static int DescriptorOf(byte[] events, int index)
        {
            return BitConverter.ToInt32(events, (index * PollEventLength) + PollDataOffset);
        }

        // A descriptor that is readable from AddToEvent until TakeEvent; an invalid one when there is none to have.
        public static SafeFileHandle CreateEvent() => eventfd(0, EventNonBlocking | EventCloseOnExec);

        public static void AddToEvent(SafeFileHandle descriptor)
        {
            ulong one = 1;
            _ = write(descriptor, ref one, sizeof(ulong));
        }

        public static void TakeEvent(SafeFileHandle descriptor)
        {
            ulong ignored = 0;
            _ = read(descriptor, ref ignored, sizeof(ulong));
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int recvmmsg(SafeHandle socket, [In, Out] MessageVector[] messages, uint count, int flags,
            IntPtr timeout);

        [DllImport("libc", SetLastError = true)]
        private static extern int poll([In, Out] PollEntry[] entries, nuint count, int milliseconds);

        [DllImport("libc", SetLastError = true)]
        private static extern SafeFileHandle epoll_create1(int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int epoll_ctl(SafeFileHandle poll, int operation, int descriptor, byte[] entry);

        [DllImport("libc", SetLastError = true)]
        private static extern int epoll_wait(SafeFileHandle poll, [Out] byte[] events, int most, int milliseconds);

        [DllImport("libc", SetLastError = true)]
        private static extern SafeFileHandle eventfd(uint initial, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern nint write(SafeFileHandle descriptor, ref ulong value, nuint length);

        [DllImport("libc", SetLastError = true)]
        private static extern nint read(SafeFileHandle descriptor, ref ulong value, nuint length);

        // struct pollfd.
        [StructLayout(LayoutKind.Sequential)]
        public struct PollEntry
        {
            public int Descriptor;
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
            public uint NameLength;
            public nint Parts;
            public nuint PartCount;
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
