namespace System.Device.Gpio
{
    public sealed class GpioController : IDisposable
    {
        public GpioController() => throw null;

        public GpioController(PinNumberingScheme numberingScheme) => throw null;

        public void Dispose() => throw null;

        public GpioPin OpenPin(int pinNumber) => throw null;

        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;
    }

    public sealed class GpioPin : IDisposable
    {
        internal GpioPin() => throw null;

        public event PinValueChangedEventHandler ValueChanged
        {
            add => throw null;
            remove => throw null;
        }

        public void Dispose() => throw null;

        public PinValue Read() => throw null;

        public void Write(PinValue value) => throw null;
    }

    public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs pinValueChangedEventArgs);

    public class PinValueChangedEventArgs : nanoFramework.Runtime.Events.BaseEvent
    {
        public PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber) => throw null;

        public PinEventTypes ChangeType => throw null;

        public int PinNumber => throw null;
    }

    public enum PinEventTypes : int
    {
        None = 0,
        Rising = 1,
        Falling = 2,
    }

    public enum PinMode : int
    {
        Input = 0,
        InputPullDown = 1,
        InputPullUp = 2,
        Output = 3,
        OutputOpenDrain = 4,
        OutputOpenDrainPullUp = 5,
        OutputOpenSource = 6,
        OutputOpenSourcePullDown = 7,
    }

    public enum PinNumberingScheme : int
    {
        Logical = 0,
        Board = 1,
    }

    public struct PinValue
    {
        public static PinValue High => throw null;

        public static PinValue Low => throw null;

        public static bool operator ==(PinValue a, PinValue b) => throw null;

        public static bool operator !=(PinValue a, PinValue b) => throw null;

        public override bool Equals(object obj) => throw null;

        public override int GetHashCode() => throw null;
    }
}
