using System;
using System.Collections.Generic;

namespace NanoComm.Simulators
{
    /// <summary>
    /// The power of one unit. It counts what the unit does that outlasts it, file operations and messages, and can go at
    /// any one of them: before, in the middle of it, or after; or, at a file operation, at any finer point. From then on
    /// each attempt at another one throws, until the power is back.
    /// </summary>
    public sealed class PowerSupply
    {
        private const int Never = -1;

        private int _cutAt = Never;
        private int _cutAtPoint = Never;
        private int _points;
        private PowerCutMoment _moment;

        /// <summary>Raised when the power goes.</summary>
        public event Action Failed;

        /// <summary>Raised with each whole message of which anything goes out.</summary>
        public event Action<ReadOnlyMemory<byte>> Sending;

        /// <summary>Files written, deleted or renamed.</summary>
        public int DurableWrites { get; private set; }

        /// <summary>Messages sent.</summary>
        public int MessagesSent { get; private set; }

        /// <summary>Both.</summary>
        public int Operations => DurableWrites + MessagesSent;

        /// <summary>Whether the power is off.</summary>
        public bool IsOff { get; private set; }

        /// <summary>Plans a cut.</summary>
        /// <param name="operation">At which operation from now on, 0 = the next.</param>
        /// <param name="moment">When at it.</param>
        public void CutAt(int operation, PowerCutMoment moment)
        {
            _cutAt = Operations + operation;
            _moment = moment;
        }

        /// <summary>Plans a cut at a finer point. Before and after a file operation there is one each, and within a write
        /// as many as there are ways in which the medium may be left.</summary>
        /// <param name="point">At which point from now on, 0 = the next; messages have none.</param>
        public void CutAtPoint(int point)
        {
            _cutAtPoint = point;
            _points = 0;
        }

        /// <summary>Cuts the power now.</summary>
        public void Cut()
        {
            if (!IsOff)
            {
                IsOff = true;
                ForgetPlans();
                Failed?.Invoke();
            }
        }

        /// <summary>The power is on again, and no cut is planned.</summary>
        public void Restore()
        {
            IsOff = false;
            ForgetPlans();
        }

        /// <summary>Sends a message.</summary>
        /// <param name="message">The message.</param>
        /// <param name="send">Puts bytes on the line.</param>
        /// <exception cref="PowerCutException">The power is off, or went.</exception>
        public void Send(ReadOnlyMemory<byte> message, Action<ReadOnlyMemory<byte>> send)
        {
            Check();
            bool isCut = MessagesSent++ + DurableWrites == _cutAt;
            Do(isCut, () => Put(message), () => Put(message[..(message.Length / 2)]));

            void Put(ReadOnlyMemory<byte> part)
            {
                Sending?.Invoke(message);
                send(part);
            }
        }

        /// <summary>Changes a file.</summary>
        /// <param name="change">Does it.</param>
        /// <param name="half">Does half of it.</param>
        /// <param name="torn">Each way in which the medium may be left in the middle of it.</param>
        /// <returns>What <paramref name="change"/> returned.</returns>
        /// <exception cref="PowerCutException">The power is off, or went.</exception>
        internal bool Change(Func<bool> change, Action half, IEnumerable<Action> torn)
        {
            Check();
            PassPoints(torn);
            bool isCut = DurableWrites++ + MessagesSent == _cutAt;
            bool isDone = false;
            Do(isCut, () => isDone = change(), half);
            PassPoint(null);
            return isDone;
        }

        /// <summary>Throws when the power is off.</summary>
        /// <exception cref="PowerCutException">It is.</exception>
        internal void Check()
        {
            if (IsOff)
            {
                throw new PowerCutException();
            }
        }

        private void ForgetPlans()
        {
            _cutAt = Never;
            _cutAtPoint = Never;
        }

        private void PassPoints(IEnumerable<Action> torn)
        {
            PassPoint(null);
            if (_cutAtPoint == Never)
            {
                return;
            }

            foreach (Action leave in torn)
            {
                PassPoint(leave);
            }
        }

        private void PassPoint(Action leave)
        {
            if (_cutAtPoint != Never && _points++ == _cutAtPoint)
            {
                leave?.Invoke();
                Cut();
                throw new PowerCutException();
            }
        }

        private void Do(bool isCut, Action all, Action half)
        {
            if (!isCut)
            {
                all();
                return;
            }

            switch (_moment)
            {
                case PowerCutMoment.Within:
                    half();
                    break;
                case PowerCutMoment.After:
                    all();
                    break;
            }

            Cut();
            throw new PowerCutException();
        }
    }
}
