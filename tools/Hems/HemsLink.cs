using System;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>
    /// A controller's way to its meter. Bytes come in by <see cref="Take"/> and go out by <see cref="Send"/>; it waits for
    /// nothing and has no clock: who drives it calls <see cref="Step"/> when it wants to be called, from one thread at a time.
    /// </summary>
    public abstract class HemsLink
    {
        /// <summary>A way by options.</summary>
        protected HemsLink(HemsOptions options)
        {
            Options = options;
        }

        /// <summary>Bytes for the other side.</summary>
        public abstract event Action<ReadOnlyMemory<byte>> Send;

        /// <summary>Something was asked of it from outside: call <see cref="Step"/> soon.</summary>
        public event Action Roused;

        /// <summary>A session began; not raised for renewals.</summary>
        public event Action Joined;

        /// <summary>The session that <see cref="Stop"/> ended is over.</summary>
        public event Action Left;

        /// <summary>A frame of the meter that answers nothing: a notification.</summary>
        public event Action<EchonetMessage> Notified;

        /// <summary>What keeps it from its meter, and which side to look at (requirement R14); neither id nor password is
        /// in it. It goes on trying.</summary>
        public event Action<string> Trouble;

        /// <summary>How it behaves.</summary>
        public HemsOptions Options { get; }

        /// <summary>Where it stands.</summary>
        public HemsState State { get; private protected set; }

        /// <summary>The meter's address, or null before it was found.</summary>
        public string Meter { get; private protected set; }

        /// <summary>Whether what passes is encrypted.</summary>
        public abstract bool IsEncrypted { get; }

        /// <summary>Sessions that began.</summary>
        public long Joins { get; private set; }

        /// <summary>Answers that nobody waited for any more.</summary>
        public long Strays { get; private set; }

        /// <summary>The last time it was told, ms.</summary>
        internal long Now => Timers.Now;

        private protected abstract HemsTimers Timers { get; }

        /// <summary>Begins.</summary>
        public abstract void Start();

        /// <summary>Ends the session, and does nothing more.</summary>
        public abstract void Stop();

        /// <summary>Asks the meter, in this session or the next.</summary>
        /// <param name="deoj">Object asked, e.g. 028801.</param>
        /// <param name="esv">Service: Get, SetC.</param>
        /// <param name="properties">Properties.</param>
        /// <param name="answered">Takes the answer, or null when there is none.</param>
        public void Ask(int deoj, byte esv, IEnumerable<(byte Epc, byte[] Edt)> properties,
            Action<EchonetMessage> answered)
        {
            var message = new EchonetMessage { Deoj = deoj, Esv = esv };
            message.Properties.AddRange(properties);
            Post(() => Ask(message, answered));
        }

        /// <summary>Takes what comes in.</summary>
        /// <param name="now">The time, ms since some start, never decreasing.</param>
        /// <param name="bytes">As they come.</param>
        public abstract void Take(long now, ReadOnlySpan<byte> bytes);

        /// <summary>Does what is due.</summary>
        /// <param name="now">The time, ms since some start, never decreasing.</param>
        /// <returns>When it wants to be called again if nothing happens before; <see cref="long.MaxValue"/> for
        /// never.</returns>
        public long Step(long now)
        {
            return Timers.Step(now);
        }

        /// <summary>Has an action run in the next step.</summary>
        internal void Post(Action action)
        {
            At(Now, action);
        }

        /// <summary>Has an action run in the first step from a time on.</summary>
        internal void At(long when, Action action)
        {
            Timers.At(when, action);
            Roused?.Invoke();
        }

        /// <summary>Tells what keeps it from its meter.</summary>
        internal void Tell(string trouble)
        {
            Trouble?.Invoke(trouble);
        }

        private protected abstract void Ask(EchonetMessage message, Action<EchonetMessage> answered);

        /// <summary>Sends what confirms a notification.</summary>
        private protected abstract void Confirm(EchonetMessage response);

        /// <summary>A session begins.</summary>
        private protected void Join()
        {
            Joins++;
            State = HemsState.Joined;
            Joined?.Invoke();
        }

        /// <summary>The session that was to end is over.</summary>
        private protected void TellLeft()
        {
            Left?.Invoke();
        }

        /// <summary>Takes a frame of the meter's that no request waits for.</summary>
        private protected void TakeUnasked(EchonetMessage message)
        {
            if (!message.IsNotification)
            {
                Strays++;
                return;
            }

            if (message.Esv == EchonetMessage.InfC)
            {
                Confirm(ToConfirmation(message));
            }

            Notified?.Invoke(message);
        }

        private static EchonetMessage ToConfirmation(EchonetMessage notification)
        {
            var response = new EchonetMessage
            {
                Tid = notification.Tid,
                Seoj = notification.Deoj,
                Deoj = notification.Seoj,
                Esv = EchonetMessage.InfCRes,
            };
            foreach ((byte epc, _) in notification.Properties)
            {
                response.With(epc);
            }

            return response;
        }
    }
}
