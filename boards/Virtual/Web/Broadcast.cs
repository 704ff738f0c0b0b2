using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NanoComm.Virtual.Web
{
    /// <summary>
    /// What the viewers are told: the sections of the picture that have changed, four times a second at most, made once for
    /// all of them. While nobody looks nothing is done.
    /// </summary>
    internal sealed class Broadcast
    {
        /// <summary>Viewers at the most.</summary>
        public const int MostViewers = 50;

        private const int Period = 250;
        private const int BeatsPerSign = 60;

        private static readonly byte[] Sign = ": still here\n\n"u8.ToArray();

        private readonly Lock _gate = new();
        private readonly List<Viewer> _viewers = new();
        private readonly ArrayBufferWriter<byte> _told = new();
        private readonly Picture _picture;
        private bool _isClosed;
        private bool _isAtWork;

        /// <summary>Makes it.</summary>
        /// <param name="picture">What is to be seen; this object's alone.</param>
        public Broadcast(Picture picture)
        {
            _picture = picture;
        }

        /// <summary>Shows another unit; null for none.</summary>
        public void Show(ShownUnit unit)
        {
            lock (_gate)
            {
                _picture.Show(unit);
                if (_viewers.Count > 0)
                {
                    Tell();
                }
            }
        }

        /// <summary>Takes in a viewer, and gives him all that is to be seen.</summary>
        /// <returns>False when there is no room.</returns>
        public bool Join(Viewer viewer)
        {
            lock (_gate)
            {
                if (_isClosed || _viewers.Count == MostViewers)
                {
                    return false;
                }

                if (_viewers.Count == 0)
                {
                    _picture.Pause();
                }

                Tell();
                Collect(_picture.All);
                viewer.Send(_told.WrittenSpan.ToArray());
                _viewers.Add(viewer);
                if (!_isAtWork)
                {
                    _isAtWork = true;
                    _ = Task.Run(Work);
                }

                return true;
            }
        }

        /// <summary>Lets a viewer go.</summary>
        public void Leave(Viewer viewer)
        {
            lock (_gate)
            {
                _viewers.Remove(viewer);
            }
        }

        /// <summary>Ends the streams, and takes nobody in any more.</summary>
        public void Close()
        {
            lock (_gate)
            {
                _isClosed = true;
                foreach (Viewer viewer in _viewers)
                {
                    viewer.End();
                }
            }
        }

        private async Task Work()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Period));
            int beats = 0;
            while (await timer.WaitForNextTickAsync())
            {
                lock (_gate)
                {
                    if (_viewers.Count == 0)
                    {
                        _isAtWork = false;
                        return;
                    }

                    Tell();
                    if (++beats % BeatsPerSign == 0)
                    {
                        Send(Sign);
                    }
                }
            }
        }

        private void Tell()
        {
            Collect(_picture.Changes);
            if (_told.WrittenCount > 0)
            {
                Send(_told.WrittenSpan.ToArray());
            }
        }

        // All that is told at once is one piece, however many messages it has: a viewer has room for so many pieces.
        private void Collect(Action<Action<byte[]>> source)
        {
            _told.ResetWrittenCount();
            source(message => _told.Write(message));
        }

        private void Send(byte[] message)
        {
            foreach (Viewer viewer in _viewers)
            {
                viewer.Send(message);
            }
        }
    }
}
