using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// The sockets of many ports on one thread: one wait for all of them, and one place to receive into. Linux only. All of
    /// it belongs to that thread, but for <see cref="Wake"/>; the signals of the ports are set on it.
    /// </summary>
    public sealed class SocketCrowd : IDisposable
    {
        private const int MostEvents = 256;

        private readonly SafeFileHandle _poll;
        private readonly SafeFileHandle _wake;
        private readonly byte[] _events = new byte[MostEvents * LinuxSockets.PollEventLength];
        private readonly Dictionary<int, CrowdInbox> _inboxes = [];
        private readonly GroupFeed _group;
        private DatagramBatch _batch;
        private SocketAddress _sender;
        private long _heard;

        /// <summary>Makes it, without sockets.</summary>
        /// <param name="group">What its ports hear of their group; null for nothing.</param>
        /// <exception cref="IOException">The system does not give what it takes; the message says why.</exception>
        public SocketCrowd(GroupFeed group)
        {
            _group = group;
            _poll = LinuxSockets.CreatePoll();
            _wake = LinuxSockets.CreateEvent();
            if (_poll.IsInvalid || _wake.IsInvalid
                || !LinuxSockets.AddToPoll(_poll, (int)_wake.DangerousGetHandle()))
            {
                throw new IOException("the sockets cannot be waited for: " + Marshal.GetLastPInvokeErrorMessage());
            }

            group?.Join(this);
        }

        /// <summary>Waits for a socket, for <see cref="Wake"/>, or for the end of the time; then sets the signals of the ports
        /// that have something.</summary>
        /// <param name="milliseconds">How long at most; 0 to look only, -1 for ever.</param>
        public void Wait(int milliseconds)
        {
            int count;
            do
            {
                count = LinuxSockets.Wait(_poll, _events, MostEvents, milliseconds);
                for (int i = 0; i < count; i++)
                {
                    Tell(LinuxSockets.DescriptorOf(_events, i));
                }

                milliseconds = 0;
            }
            while (count == MostEvents);

            HearGroup();
        }

        /// <summary>Ends a wait that has begun, or the next one. May be called on any thread.</summary>
        public void Wake()
        {
            try
            {
                LinuxSockets.AddToEvent(_wake);
            }
            catch (ObjectDisposedException)
            {
                // Nobody waits any more.
            }
        }

        /// <summary>Ends it; the ports first.</summary>
        public void Dispose()
        {
            _poll.Dispose();
            _wake.Dispose();
        }

        internal CrowdInbox Add(Socket socket, ISignal received, Action failed)
        {
            var inbox = new CrowdInbox(this, socket, received, failed);
            if (!LinuxSockets.AddToPoll(_poll, inbox.Descriptor))
            {
                throw new SocketException(Marshal.GetLastPInvokeError());
            }

            _inboxes.Add(inbox.Descriptor, inbox);
            return inbox;
        }

        internal IDatagramInbox AddGroup() => _group is null ? null : new GroupInbox(_group);

        // Before its socket is closed, which takes it out of the poll: from then on another one may have its number.
        internal void Remove(CrowdInbox inbox)
        {
            _inboxes.Remove(inbox.Descriptor);
        }

        internal DatagramBatch BatchOf(AddressFamily family, out SocketAddress sender)
        {
            if (_sender is null || _sender.Family != family)
            {
                _batch = new DatagramBatch(family, 1);
                _sender = new SocketAddress(family);
            }

            sender = _sender;
            return _batch;
        }

        private void Tell(int descriptor)
        {
            if (_inboxes.TryGetValue(descriptor, out CrowdInbox inbox))
            {
                inbox.Ready();
            }
            else if (descriptor == (int)_wake.DangerousGetHandle())
            {
                LinuxSockets.TakeEvent(_wake);
            }
        }

        private void HearGroup()
        {
            if (_group is null || _heard == _group.Written)
            {
                return;
            }

            _heard = _group.Written;
            foreach (CrowdInbox inbox in _inboxes.Values)
            {
                inbox.Received?.Set();
            }
        }
    }
}
