using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;

namespace NanoComm.Hal.Host
{
    // What one loop waits for beside its signal: sockets of its ports. One wait for all of them, and for a wake-up. Linux
    // only.
    internal sealed class SocketWatch : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly List<PolledDatagrams> _inboxes = [];
        private readonly SafeFileHandle _event;

        // As the loop's thread polls them; made anew by it when others were added or taken away.
        private PolledDatagrams[] _polled = [];
        private LinuxSockets.PollEntry[] _entries = [];
        private volatile bool _isChanged = true;
        private int _isWaiting;

        public SocketWatch()
        {
            _event = LinuxSockets.CreateEvent();
            if (_event.IsInvalid)
            {
                throw new SocketException(Marshal.GetLastPInvokeError());
            }
        }

        public void Add(PolledDatagrams inbox)
        {
            lock (_gate)
            {
                if (!_inboxes.Contains(inbox))
                {
                    _inboxes.Add(inbox);
                }

                inbox.IsWatched = true;
                _isChanged = true;
            }

            Wake();
        }

        // Before its socket is closed: from then on another one may have its number.
        public void Remove(PolledDatagrams inbox)
        {
            lock (_gate)
            {
                _inboxes.Remove(inbox);
                _isChanged = true;
            }

            Wake();
        }

        // Ends a wait that has begun, or that begins after this.
        public void Wake()
        {
            // Who does not wait looks at the signal before he does.
            if (Interlocked.CompareExchange(ref _isWaiting, 0, 0) == 0)
            {
                return;
            }

            try
            {
                LinuxSockets.AddToEvent(_event);
            }
            catch (ObjectDisposedException)
            {
                // The loops have ended: nobody waits any more.
            }
        }

        // Waits for a socket, a wake-up, or the end of the time; -1 for ever. True when a socket has something. Before it
        // waits it asks whether there is a reason not to.
        public bool Wait(int milliseconds, Func<bool> isToReturn)
        {
            Interlocked.Exchange(ref _isWaiting, 1);
            try
            {
                if (isToReturn())
                {
                    return false;
                }

                Follow();
                int ready = LinuxSockets.Poll(_entries, _entries.Length, milliseconds);
                return ready > 0 && Tell();
            }
            finally
            {
                Volatile.Write(ref _isWaiting, 0);
            }
        }

        public void Dispose()
        {
            _event.Dispose();
        }

        private void Follow()
        {
            if (!_isChanged)
            {
                return;
            }

            lock (_gate)
            {
                _isChanged = false;
                _polled = _inboxes.ToArray();
                _entries = new LinuxSockets.PollEntry[_polled.Length + 1];
                _entries[^1] = new LinuxSockets.PollEntry { Descriptor = (int)_event.DangerousGetHandle(), Wanted = LinuxSockets.PollIn };
                for (int i = 0; i < _polled.Length; i++)
                {
                    _entries[i] = new LinuxSockets.PollEntry { Descriptor = _polled[i].Descriptor, Wanted = LinuxSockets.PollIn };
                }
            }
        }

        private bool Tell()
        {
            bool any = false;
            for (int i = 0; i < _polled.Length; i++)
            {
                if (_entries[i].Got != 0)
                {
                    _polled[i].Ready();
                    any = true;
                }
            }

            if (_entries[^1].Got != 0)
            {
                LinuxSockets.TakeEvent(_event);
            }

            return any;
        }
    }
}
