// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

interface AlgebraPool {
    function token0() external view returns (address);
    function token1() external view returns (address);
    function mint(
        address leftoversRecipient,
        address recipient,
        int24 bottomTick,
        int24 topTick,
        uint128 liquidityDesired,
        bytes calldata data
    ) external returns (uint256, uint256, uint128);
    function burn(int24 bottomTick, int24 topTick, uint128 amount, bytes calldata data)
        external returns (uint256, uint256);
    function collect(address recipient, int24 bottomTick, int24 topTick, uint128 most0, uint128 most1)
        external returns (uint128, uint128);
    function swap(address recipient, bool zeroToOne, int256 amount, uint160 limit, bytes calldata data)
        external returns (int256, int256);
    function swapWithPaymentInAdvance(
        address leftoversRecipient,
        address recipient,
        bool zeroToOne,
        int256 amountToSell,
        uint160 limit,
        bytes calldata data
    ) external returns (int256, int256);
    function flash(address recipient, uint256 amount0, uint256 amount1, bytes calldata data) external;
}

interface AlgebraToken {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// PoolCaller.sol for Algebra: the same functions. Anyone may call anything, so it is for local chains only.
contract AlgebraCaller {
    struct Payment {
        address payer;
        uint256 extra0;
        uint256 extra1;
    }

    function mint(AlgebraPool pool, address owner, int24 lower, int24 upper, uint128 liquidity, address payer)
        external returns (uint256 amount0, uint256 amount1)
    {
        (amount0, amount1, ) = pool.mint(payer, owner, lower, upper, liquidity, abi.encode(payer));
    }

    /// Takes liquidity out of this contract's own position; liquidity 0 is a poke, which the pool does not log.
    function burn(AlgebraPool pool, int24 lower, int24 upper, uint128 liquidity)
        external returns (uint256, uint256)
    {
        return pool.burn(lower, upper, liquidity, "");
    }

    function collect(AlgebraPool pool, address recipient, int24 lower, int24 upper, uint128 most0, uint128 most1)
        external returns (uint128, uint128)
    {
        return pool.collect(recipient, lower, upper, most0, most1);
    }

    /// amount > 0: exact input; amount < 0: exact output.
    function swap(AlgebraPool pool, address recipient, bool zeroToOne, int256 amount, uint160 limit, address payer)
        external returns (int256, int256)
    {
        return pool.swap(recipient, zeroToOne, amount, limit, abi.encode(payer));
    }

    /// As swap of exact input, but the pool is paid before it swaps, and counts what it gets.
    function swapInAdvance(
        AlgebraPool pool,
        address recipient,
        bool zeroToOne,
        int256 amount,
        uint160 limit,
        address payer
    ) external returns (int256, int256) {
        return pool.swapWithPaymentInAdvance(payer, recipient, zeroToOne, amount, limit, abi.encode(payer));
    }

    /// Borrows, and pays back what was borrowed plus extra0 and extra1 out of the payer's pocket.
    function flash(
        AlgebraPool pool,
        uint256 amount0,
        uint256 amount1,
        uint256 extra0,
        uint256 extra1,
        address payer
    ) external {
        bytes memory data = abi.encode(amount0, amount1, Payment(payer, extra0, extra1));
        pool.flash(address(this), amount0, amount1, data);
    }

    /// Several calls in one transaction, all or none.
    function multicall(bytes[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; i++) {
            (bool ok, bytes memory answer) = address(this).delegatecall(calls[i]);
            if (!ok) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
            }
        }
    }

    function algebraMintCallback(uint256 owed0, uint256 owed1, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        pay(AlgebraPool(msg.sender).token0(), payer, owed0);
        pay(AlgebraPool(msg.sender).token1(), payer, owed1);
    }

    function algebraSwapCallback(int256 delta0, int256 delta1, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        if (delta0 > 0) pay(AlgebraPool(msg.sender).token0(), payer, uint256(delta0));
        if (delta1 > 0) pay(AlgebraPool(msg.sender).token1(), payer, uint256(delta1));
    }

    function algebraFlashCallback(uint256, uint256, bytes calldata data) external {
        (uint256 amount0, uint256 amount1, Payment memory payment) = abi.decode(data, (uint256, uint256, Payment));
        address token0 = AlgebraPool(msg.sender).token0();
        address token1 = AlgebraPool(msg.sender).token1();
        pay(token0, address(this), amount0);
        pay(token1, address(this), amount1);
        pay(token0, payment.payer, payment.extra0);
        pay(token1, payment.payer, payment.extra1);
    }

    function pay(address token, address payer, uint256 value) private {
        if (value == 0) return;
        if (payer == address(this)) AlgebraToken(token).transfer(msg.sender, value);
        else AlgebraToken(token).transferFrom(payer, msg.sender, value);
    }
}
